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

import { settingsSection, targetsRequest, type TargetsResult } from '../../server/src/lsp/protocol.ts';
import { pythonDocuments } from './clientOptions.ts';
import { updateSetting } from './settings.ts';

const selectTargetCommand = 'colens.selectTarget';

/** Shows the target version among the language's status items, with the command that picks another. */
export function showTargetStatus(client: BaseLanguageClient): Disposable {
  const item = languages.createLanguageStatusItem('colens.target', pythonDocuments);
  item.name = l10n.t('CoLens Target Version');
  item.detail = l10n.t('the version that CoLens answers for');
  item.command = { command: selectTargetCommand, title: l10n.t('Select') };

  const update = async () => {
    item.busy = client.state === State.Starting;
    item.severity =
      client.state === State.Stopped ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    if (client.state === State.Stopped) item.text = l10n.t('CoLens is not running');
    else if (client.state === State.Starting) item.text = `CPython ${configuredTarget() ?? ''}`;
    else item.text = `CPython ${await resolvedTarget(client)}`;
  };
  void update();
  return Disposable.from(
    item,
    client.onDidChangeState(update),
    workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration(`${settingsSection}.target`)) void update();
    }),
    commands.registerCommand(selectTargetCommand, () => selectTarget(client)),
  );
}

function configuredTarget(): string | undefined {
  return workspace.getConfiguration(settingsSection).get<string>('target') || undefined;
}

/** The version with its patch level, `3.13.18` for `3.13`. */
async function resolvedTarget(client: BaseLanguageClient): Promise<string> {
  const { targets, default: fallback } = await client.sendRequest<TargetsResult>(targetsRequest);
  const target = configuredTarget() ?? fallback.series;
  return targets.find(({ series }) => series === target)?.version ?? target;
}

interface TargetItem extends QuickPickItem {
  readonly series: string;
  readonly version: string;
}

async function selectTarget(client: BaseLanguageClient): Promise<void> {
  if (!client.isRunning()) await client.start();
  const { targets } = await client.sendRequest<TargetsResult>(targetsRequest);
  const current = await resolvedTarget(client);
  const items = targets.map(({ series, version }): TargetItem => {
    const description = version === current ? l10n.t('{0}, current', version) : version;
    return { series, version, label: `CPython ${series}`, description };
  });

  const picker = window.createQuickPick<TargetItem>();
  picker.title = l10n.t('CoLens: Select Target Version');
  picker.placeholder = l10n.t('The version whose compiler answers. No Python needs to be installed.');
  picker.items = items.reverse();
  picker.activeItems = items.filter(({ version }) => version === current);
  picker.onDidAccept(async () => {
    const [picked] = picker.selectedItems;
    picker.hide();
    if (picked) await updateSetting('target', picked.series);
  });
  picker.onDidHide(() => picker.dispose());
  picker.show();
}
