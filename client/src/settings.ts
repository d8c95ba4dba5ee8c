// Writes settings where they already are, so that a choice in the user interface has an effect.

import { ConfigurationTarget, workspace } from 'vscode';

import { settingsSection } from '../../server/src/lsp/protocol.ts';

/** Sets `colens.<name>` in the innermost place that has it, else for the user; what is the same without is not written. */
export async function updateSetting(name: string, value: unknown): Promise<void> {
  const settings = workspace.getConfiguration(settingsSection);
  const found = settings.inspect(name);
  const inWorkspace = found?.workspaceValue !== undefined;
  const otherwise = (inWorkspace ? found.globalValue : undefined) ?? found?.defaultValue;
  const where = inWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await settings.update(name, value === otherwise ? undefined : value, where);
}

/** Turns a setting that is true or false around. */
export async function toggleSetting(name: string): Promise<void> {
  await updateSetting(name, !workspace.getConfiguration(settingsSection).get<boolean>(name));
}
