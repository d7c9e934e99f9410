/**
 * `npm run strings`: lists every text that pages, emails and error messages can show, with its location, for
 * proofreading.
 */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

const root = path.dirname(import.meta.dirname)

for (const file of globSync('{app,db,jobs}/**/*.{ts,tsx}', { cwd: root }).sort()) {
  if (/\.test\.tsx?$/.test(file)) continue
  const source = ts.createSourceFile(
    file,
    readFileSync(path.join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  )
  visit(source, source)
}

function visit(node: ts.Node, source: ts.SourceFile) {
  const text = visibleText(node)
  if (text) {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source))
    console.log(`${source.fileName}:${line + 1}\t${text.replace(/\s+/g, ' ').trim()}`)
  }
  node.forEachChild((child) => visit(child, source))
}

/** The node's text if users may see it: text between tags, and literals that look like prose. */
function visibleText(node: ts.Node): string | null {
  if (ts.isJsxText(node)) return /\p{L}/u.test(node.text) ? node.text : null
  if (isTechnical(node)) return null
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
    return looksLikeWords(node.text) ? node.text : null
  if (ts.isTemplateExpression(node)) {
    const parts = [
      node.head.text,
      ...node.templateSpans.map((span) => `{${span.expression.getText()}}${span.literal.text}`),
    ]
    return looksLikeWords(parts.join('').replace(/\{[^}]*\}/g, '')) ? parts.join('') : null
  }
  return null
}

/** A word with a capital letter, or several message. */
function looksLikeWords(text: string): boolean {
  return /^[\p{Lu}“"…][\p{L}’'-]+[.?!…]?$/u.test(text.trim()) || /\p{L}{2,}\S* +\S*\p{L}/u.test(text)
}

/** Module names, class names, drawings, SQL and log lines are not shown to users. */
function isTechnical(node: ts.Node): boolean {
  const { parent } = node
  if (!parent || ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return true
  if (ts.isTaggedTemplateExpression(parent)) return true
  if (ts.isLiteralTypeNode(parent)) return true
  if (ts.isJsxAttribute(parent) && /^(className|d|viewBox|sizes|media|allow)$/.test(parent.name.getText()))
    return true
  const call = ts.findAncestor(node, ts.isCallExpression)
  return call !== undefined && /^(log\.|sql|console\.|classNames)/.test(call.expression.getText())
}
