/** The direction of the house: routes, http -> domain -> db; jobs -> domain -> db. */
const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })
const test = '\\.test\\.tsx?$'

module.exports = {
  forbidden: [
    rule(
      'no-circles',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
      'A circle has no direction.',
    ),
    rule(
      'nothing-imports-a-route',
      { pathNot: `^app/routes/|${test}` },
      { path: '^app/routes/' },
      'A part used twice belongs to components or domain.',
    ),
    rule(
      'routes-do-not-import-each-other',
      { path: '^app/routes/([^/$]+)' },
      { path: '^app/routes/', pathNot: '^app/routes/$1' },
      'A part used by two routes belongs to components.',
    ),
    rule(
      'domain-knows-no-request',
      { path: '^app/domain/', pathNot: test },
      { path: '^(app/(http|routes|components|styles)/|app/(root|entry)|server\\.ts)' },
      'The rules of the shop know no Request, no Response and no page.',
    ),
    rule(
      'domain-knows-no-framework',
      { path: '^app/domain/', pathNot: '^app/domain/emails/|\\.test\\.tsx?$' },
      { path: 'node_modules/(@remix-run|react|react-dom|express)/' },
      'Only mail templates know React.',
    ),
    rule(
      'db-is-the-ground',
      { path: '^db/', pathNot: test },
      { path: '^(app|jobs|server\\.ts)' },
      'Nothing is below db.',
    ),
    rule(
      'jobs-know-domain-and-db',
      { path: '^jobs/', pathNot: test },
      { path: '^app/(http|routes|components|styles)/|^server\\.ts' },
      'A job has no request.',
    ),
    rule(
      'components-are-pure',
      { path: '^app/components/', pathNot: test },
      { path: '^(db|jobs)/|\\.server\\.tsx?$', dependencyTypesNot: ['type-only'] },
      'Props in, markup out, no data.',
    ),
    rule(
      'db-only-through-domain',
      { path: '^app/routes/', pathNot: test },
      { path: '^db/', dependencyTypesNot: ['type-only'] },
      'A route calls one domain function.',
    ),
    rule(
      'one-form-parser',
      { pathNot: '^app/http/forms/parse-form\\.ts$' },
      { path: 'node_modules/@conform-to/zod/', dependencyTypesNot: ['type-only'] },
      'parseForm leaves out what Conform would obey, and bounds the rest.',
    ),
    rule(
      'tests-stay-tests',
      { path: '^(app|db|jobs)/|^[^/]+\\.ts$', pathNot: `${test}|^playwright` },
      { path: '^tests/' },
      'The shop runs without its tests.',
    ),
    rule(
      'no-dev-dependency',
      { path: '^(app|db|jobs)/', pathNot: test },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
      'It is missing in production.',
    ),
    rule('resolves', {}, { couldNotResolve: true }, 'This import leads nowhere.'),
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
