/** Import directions: routes, http -> domain -> db; jobs -> domain -> db. */
const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })
const test = '\\.test\\.tsx?$'

module.exports = {
  forbidden: [
    rule(
      'no-circles',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
      'Files must not import each other in a circle.',
    ),
    rule(
      'nothing-imports-a-route',
      { pathNot: `^app/routes/|${test}` },
      { path: '^app/routes/' },
      'Code that is used twice belongs to components or domain.',
    ),
    rule(
      'routes-do-not-import-each-other',
      { path: '^app/routes/([^/$]+)' },
      { path: '^app/routes/', pathNot: '^app/routes/$1' },
      'Code that is used by two routes belongs to components.',
    ),
    rule(
      'domain-without-http',
      { path: '^app/domain/', pathNot: test },
      { path: '^(app/(http|routes|components|styles)/|app/(root|entry)|server\\.ts)' },
      'Domain code does not depend on Request, Response or pages.',
    ),
    rule(
      'domain-without-framework',
      { path: '^app/domain/', pathNot: '^app/domain/emails/|\\.test\\.tsx?$' },
      { path: 'node_modules/(@remix-run|react|react-dom|express)/' },
      'Only email templates use React.',
    ),
    rule(
      'db-imports-nothing-above',
      { path: '^db/', pathNot: test },
      { path: '^(app|jobs|server\\.ts)' },
      'db is the lowest layer.',
    ),
    rule(
      'jobs-use-domain-and-db',
      { path: '^jobs/', pathNot: test },
      { path: '^app/(http|routes|components|styles)/|^server\\.ts' },
      'Jobs run without a request.',
    ),
    rule(
      'components-are-pure',
      { path: '^app/components/', pathNot: test },
      { path: '^(db|jobs)/|\\.server\\.tsx?$', dependencyTypesNot: ['type-only'] },
      'Components get their data as props.',
    ),
    rule(
      'db-only-through-domain',
      // boot.server.ts opens and closes the database.
      { path: '^app/(routes|http)/', pathNot: `${test}|^app/http/server/boot\\.server\\.ts$` },
      { path: '^db/', dependencyTypesNot: ['type-only'] },
      'Routes and HTTP call domain functions.',
    ),
    rule(
      'one-form-parser',
      { pathNot: '^app/http/forms/parse-form\\.ts$' },
      { path: 'node_modules/@conform-to/zod/', dependencyTypesNot: ['type-only'] },
      'parseForm drops the fields that would control Conform, and limits the size of the others.',
    ),
    rule(
      'tests-stay-tests',
      { path: '^(app|db|jobs)/|^[^/]+\\.ts$', pathNot: `${test}|^playwright` },
      { path: '^tests/' },
      'The shop does not depend on its tests.',
    ),
    rule(
      'no-dev-dependency',
      { path: '^(app|db|jobs)/', pathNot: test },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
      'Development dependencies are not installed in production.',
    ),
    rule('resolves', {}, { couldNotResolve: true }, 'This import cannot be resolved.'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.css'],
    },
  },
}
