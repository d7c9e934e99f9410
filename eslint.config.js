import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const onlyInEnv = {
  object: 'process',
  property: 'env',
  message: 'Settings come from #env: env.server.ts alone reads process.env.',
}

export default tseslint.config(
  { ignores: ['build/', 'node_modules/', '.data/', 'bench/results/', 'playwright-report/', 'test-results/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Remix throws Responses and redirects to end a loader early.
      '@typescript-eslint/only-throw-error': 'off',
      // Express handlers and event listeners may be async where they catch their own errors.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      // A function may be async because its type requires it, such as a loader.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-object-type': 'off',
      // Form values are strings by type; files are removed before (parse-form.ts).
      '@typescript-eslint/no-base-to-string': 'off',
      'no-restricted-properties': ['error', onlyInEnv],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-control-regex': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.tsx', 'app/components/**/*.ts'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['**/*.tsx'],
    ...jsxA11y.flatConfigs.recommended,
    rules: {
      ...jsxA11y.flatConfigs.recommended.rules,
      // Safari drops the role of a list without bullets, and of a table with another display.
      'jsx-a11y/no-redundant-roles': [
        'error',
        { ul: ['list'], ol: ['list'], thead: ['rowgroup'], tbody: ['rowgroup'] },
      ],
      // Without JavaScript it is the only way to move the focus to the errors of a form.
      'jsx-a11y/no-autofocus': 'off',
    },
  },
  // Sizes above which a file or function should be split. The number of warnings is bounded in scripts/check.ts.
  { files: ['app/routes/**/*.tsx'], rules: maxLines(150, 80) },
  { files: ['{app,db,jobs}/**/*.ts'], rules: maxLines(150, 40) },
  { files: ['app/components/**/*.tsx'], rules: maxLines(150, 80) },
  { files: ['{app,db}/**/*.server.ts', 'server.ts'], rules: maxLines(250, 40) },
  { files: ['jobs/handlers/*.ts'], rules: maxLines(30, 15) },
  { files: ['**/*.test.ts', '**/*.test.tsx', 'db/schema/*.ts'], rules: maxLines(0, 0) },
  {
    // Command-line programs, and tests that start them.
    files: ['server.ts', 'scripts/**', 'bench/**', 'tests/**', '*.config.ts', 'env.server.ts'],
    rules: { 'no-console': 'off', 'no-restricted-properties': 'off' },
  },
  {
    // Matchers such as expect.any() and rows of raw SQL are `any`.
    files: ['**/*.test.ts', '**/*.test.tsx', 'tests/**', 'bench/**'],
    rules: {
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
)

/** Lines of code in a file and in a function; 0 for any number. */
function maxLines(file, code) {
  const counted = { skipBlankLines: true, skipComments: true }
  return {
    'max-lines': file === 0 ? 'off' : ['warn', { max: file, ...counted }],
    'max-lines-per-function': code === 0 ? 'off' : ['warn', { max: code, ...counted }],
  }
}
