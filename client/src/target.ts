// The target version: a language status item that shows it, and the list to pick another from.

import {
  commands,
  Disposable,
  l10n,
  languages,
  LanguageStatusSeverity,
  window,
  workspace,
  type QuickPickItem,
} from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';

import {
  type CurrentTarget,
  settingsSection,
  targetChangedNotification,
  targetsRequest,
  type TargetsResult,
} from '../../server/src/lsp/protocol.ts';
import { pythonDocuments } from './clientOptions.ts';
import { updateSetting } from './settings.ts';

/** The setting that leaves the choice to the server. */
const AUTO = 'auto';

const selectTargetCommand = 'colens.selectTarget';

const restartCommand = 'colens.restartServer';

/** Shows the target version among the language's status items: where it comes from, or what is wrong with it and how to fix that. */
export function showTargetStatus(client: BaseLanguageClient): Disposable {
  const item = languages.createLanguageStatusItem('colens.target', pythonDocuments);
  item.name = l10n.t('CoLens Target Version');

  let told = '';
  const show = ({ version, from, problem }: CurrentTarget) => {
    const line = l10n.t('Target: CPython {0}, {1}', version, problem ?? from);
    if (line !== told) client.outputChannel.appendLine(line);
    told = line;
    item.text = `CPython ${version}`;
    item.detail = problem ?? from;
    item.severity =
      problem === undefined ? LanguageStatusSeverity.Information : LanguageStatusSeverity.Warning;
    item.command = { command: selectTargetCommand, title: l10n.t('Select Version') };
  };
  const update = async () => {
    item.busy = client.state === State.Starting;
    if (client.state === State.Running) {
      show((await targets(client)).current);
    } else if (client.state === State.Starting) {
      item.text = l10n.t('CoLens is starting');
      item.detail = undefined;
      item.severity = LanguageStatusSeverity.Information;
      item.command = undefined;
    } else {
      item.text = l10n.t('CoLens is not running');
      item.detail = l10n.t('its language server has ended');
      item.severity = LanguageStatusSeverity.Error;
      item.command = { command: restartCommand, title: l10n.t('Restart') };
    }
  };
  void update();
  return Disposable.from(
    item,
    client.onDidChangeState(update),
    client.onNotification(targetChangedNotification, show),
    commands.registerCommand(selectTargetCommand, () => selectTarget(client)),
  );
}

const targets = (client: BaseLanguageClient): Promise<TargetsResult> =>
  client.sendRequest<TargetsResult>(targetsRequest);

function configuredTarget(): string | undefined {
  return workspace.getConfiguration(settingsSection).get<string>('target');
}

interface TargetItem extends QuickPickItem {
  /** What the setting becomes. */
  readonly setting: string;
}

async function selectTarget(client: BaseLanguageClient): Promise<void> {
  if (!client.isRunning()) await client.start();
  const { current, targets: known } = await targets(client);
  const isAuto = configuredTarget() === AUTO;
  const items = known.map(({ series, version }): TargetItem => {
    const isCurrent = !isAuto && series === current.series;
    const shown = isCurrent ? current.version : version;
    return {
      setting: series,
      label: `CPython ${series}`,
      description: isCurrent ? l10n.t('{0}, current', shown) : shown,
    };
  });
  const auto: TargetItem = {
    setting: AUTO,
    label: l10n.t('Automatic'),
    description: isAuto
      ? l10n.t('{0}, {1}; current', current.version, current.from)
      : l10n.t('the selected interpreter, pyproject.toml, .python-version, pyvenv.cfg, or the newest'),
  };

  const picker = window.createQuickPick<TargetItem>();
  picker.title = l10n.t('CoLens: Select Target Version');
  picker.placeholder = l10n.t('The version whose compiler answers. No Python needs to be installed.');
  picker.items = [auto, ...items.reverse()];
  picker.activeItems = isAuto ? [auto] : items.filter(({ label }) => label === `CPython ${current.series}`);
  picker.onDidAccept(async () => {
    const [picked] = picker.selectedItems;
    picker.hide();
    if (picked) await updateSetting('target', picked.setting);
  });
  picker.onDidHide(() => picker.dispose());
  picker.show();
}
