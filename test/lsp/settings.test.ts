// Settings are read from whatever a client sends.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { defaultSettings, type Settings } from '../../server/src/lsp/protocol.ts';
import { readSettings } from '../../server/src/lsp/settings.ts';

describe('settings', () => {
  it('have defaults', () => {
    for (const nothing of [undefined, null, {}, [], 'x', 7])
      assert.deepEqual(readSettings(nothing), defaultSettings);
  });

  it('are nested or have dots in their names', () => {
    const expected: Settings = {
      target: '3.9',
      pythonPath: '.venv',
      searchPaths: ['lib', '~/more'],
      hover: { enabled: false, details: true },
      codeLens: { enabled: true, lambdas: true, showAllFlags: false },
      signatureHelp: 'off',
      diagnostics: 'on',
      callDiagnostics: true,
      inlayHints: { parameterNames: true },
    };
    const paths = { pythonPath: '.venv', searchPaths: ['lib', 7, '~/more'] };
    const rest = { ...paths, target: '3.9', signatureHelp: 'off', diagnostics: 'on', callDiagnostics: true };
    const nested = {
      hover: { enabled: false, details: true },
      codeLens: { lambdas: true },
      inlayHints: { parameterNames: true },
    };
    assert.deepEqual(readSettings({ ...rest, ...nested }), expected);
    const dotted = {
      'hover.enabled': false,
      'hover.details': true,
      'codeLens.lambdas': true,
      'inlayHints.parameterNames': true,
    };
    assert.deepEqual(readSettings({ ...rest, ...dotted }), expected);
  });

  it('of the wrong type count as absent', () =>
    assert.deepEqual(
      readSettings({
        target: 3.1,
        pythonPath: ['a'],
        searchPaths: 'lib',
        hover: true,
        codeLens: { enabled: 'yes', lambdas: 1 },
        signatureHelp: 'maybe',
        diagnostics: null,
        callDiagnostics: 'on',
        inlayHints: true,
      }),
      defaultSettings,
    ));

  it('have the same defaults in the extension’s manifest', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      contributes: { configuration: { properties: Record<string, { default: unknown }> } };
    };
    const { properties } = manifest.contributes.configuration;
    const flat = Object.entries(defaultSettings).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).map(([inner, its]: [string, unknown]) => [`colens.${name}.${inner}`, its])
        : [[`colens.${name}`, value]],
    );
    for (const [name, value] of flat as [string, unknown][])
      assert.deepEqual(properties[name]?.default, value, name);
  });
});
