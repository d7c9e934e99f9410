/** `npm run check`: static checks of the code. */
import { runSteps, type Step } from './steps.ts'

export const checks: Step[] = [
  { name: 'types', command: 'tsc --incremental --tsBuildInfoFile node_modules/.cache/tsc.json' },
  // The warnings are files and functions above the sizes in eslint.config.js; the bound may only go down.
  {
    name: 'lint',
    command: 'eslint . --max-warnings 65 --cache --cache-location node_modules/.cache/eslint/',
  },
  { name: 'format', command: 'prettier --check . --log-level warn --cache' },
  {
    name: 'imports',
    command: 'depcruise app db jobs bench tests scripts server.ts env.server.ts --output-type err',
  },
  { name: 'modules', command: 'node scripts/check-modules.ts', printsResult: true },
  { name: 'dead code', command: 'knip --no-progress --treat-config-hints-as-errors' },
]

if (import.meta.main) process.exit((await runSteps(checks)) ? 0 : 1)
