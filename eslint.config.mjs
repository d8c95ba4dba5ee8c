// The lint rules: typescript-eslint's strict set with types, and the rules of this house. Layout is prettier's
// business, unused exports are knip's, and what may import what is checked by test/architecture.test.ts.
import tseslint from 'typescript-eslint';

const COMPARISONS = ['<', '<=', '>', '>=', '===', '!==']
  .map(operator => `[operator="${operator}"]`)
  .join(',');
const VERSION_NAMES = '/^(minor|patch|version|series)$/';
const versionComparison = (side, other) =>
  `BinaryExpression:matches(${COMPARISONS}):matches([${side}.name=${VERSION_NAMES}], [${side}.property.name=${VERSION_NAMES}])[${other}.type="Literal"]`;
const NO_VERSION_COMPARISONS = ['left', 'right'].map(side => ({
  selector: versionComparison(side, side === 'left' ? 'right' : 'left'),
  message: 'Only versions/ compares versions: add a named behaviour to the dialect and ask that.',
}));

const NO_BARRELS = {
  selector: 'ExportAllDeclaration',
  message: 'No barrel files: import from the file that has it.',
};

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'coverage/', '.cache/', '.vscode-test/', '**/*.generated.ts'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          'server/src/*/tsconfig.json',
          'server/tools/tsconfig.json',
          'client/src/tsconfig.json',
          'client/src/flowGraph/webview/tsconfig.json',
          'test/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': ['error', ...NO_VERSION_COMPARISONS, NO_BARRELS],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // Numbers in template strings are plain to read; null and undefined are not.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Array access is unchecked by choice (noUncheckedIndexedAccess is off), so that "!" and checks of what the
      // types say is there are matters of judgement.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Token and node kinds are compared as numbers, bits of flags are combined.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // vscode.Uri is declared as a class, but handed out by functions.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/prefer-literal-enum-member': 'off',
      // `while (true)` with a progress assertion is how the parser's loops are written.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/prefer-nullish-coalescing': 'off',
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/class-literal-property-style': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/prefer-optional-chain': 'off',
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
      // Code points are what CPython counts.
      '@typescript-eslint/no-misused-spread': 'off',
    },
  },
  {
    files: ['server/src/python/versions/**'],
    rules: { 'no-restricted-syntax': ['error', NO_BARRELS] },
  },
  {
    // Commands for people: what they say goes to the console.
    files: ['server/tools/**', 'test/{oracle,bench,fuzz,scaling,soak,e2e,support}/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // node:assert's and mocha's functions return promises that are not for waiting.
    files: ['test/**'],
    rules: { '@typescript-eslint/no-floating-promises': 'off' },
  },
  { files: ['**/*.mjs'], extends: [tseslint.configs.recommended] },
);
