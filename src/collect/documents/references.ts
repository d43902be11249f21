import type { FactValue } from '../../core/facts/index.ts'
import type { Tree } from '../tree.ts'
import type { MarkdownLine } from './markdown.ts'
import { folderOf, pathFrom } from '../tree-path.ts'

type Form = FactValue<'documents.reference'>['form']

/** A file of the repository that a line names. `column` counts from 1. */
export interface Named {
  form: Form
  target: string
  line: number
  column: number
  exists: boolean
}

const link = /\]\(\s{0,4}<?([^)\s<>]{1,400})>?(?:\s{1,4}["'(][^"')\n]{0,200}["')])?\s{0,4}\)/g
const code = /`([^`\n]{3,200})`/g
const bareFile = /^(?:[\w-]+\.sh|\.env\.(?:example|sample|template))$/
const filePath =
  /^(?:\.\/)?[\w@.-]+(?:\/[\w@.-]+)+\.(?:md|sh|ya?ml|json|go|tsx?|jsx?|mjs|java|kts?|py|rb|rs|cs|php|sql|conf|toml|xml|properties|gradle|tf|html|css|proto|service|template|example)$/
const command =
  /(?:^|[;&|(]|\$ )\s{0,8}(?:sudo\s{1,4})?(?:(?:(?:ba|z)?sh\s{1,4}(?:-\w{1,4}\s{1,4})?|source\s{1,4}|chmod\s{1,4}\+x\s{1,4})([\w./-]{1,200}\.sh)|(\.{1,2}\/[\w./-]{1,200}\.(?:sh|py|js)))(?=$|[\s;&|)>])|\bdocker[ -]compose\s{1,4}(?:[^\n]{0,80}?\s)?-f\s{1,4}([\w./-]{1,200}\.ya?ml)/g
const leaves = /(?:^|[;&|]|\$ )\s{0,8}(?:cd|pushd)\s{1,4}["']?[/~$]/
const shellFence = /^\s*(?:`{3,}|~{3,})\s*(?:ba|z)?(?:sh|shell|console)\b/i

// What a document refers to in plain words at its end.
const mention =
  /\b(?:[Ss]ee|in|[Rr]ead)\s+(?:the\s+|our\s+)?\W{0,3}(LICENSE|LICENCE|CONTRIBUTING\.md|CODE_OF_CONDUCT\.md|SECURITY\.md|CHANGELOG\.md)\b(?!\]|\()/

// A file that is to come, went, or only stands for one.
const notYet =
  /creat|generat|writ|will\b|would|todo|missing|planned|delet|remov|renam|moved|future|example|e\.g\.|replac|output|download|copy|not (?:yet|found)|add(?:ed)? to your/i
const makes = /^\s*(?:COPY|ADD|RUN|ENTRYPOINT|CMD)\b|curl|wget|touch|\bcp\b|\bmv\b|cat\s*>|git clone|tar\b|unzip/i
const elsewhere =
  /^(?:\/|~|\$|[a-z]+:|node_modules\/|dist\/|build\/|target\/|coverage\/|bin\/|path\/|your|my-|[\w-]+\.(?:com|io|org|dev|net)\/)|\/\/|[<>{}*]|\.\.\./i

const suffixes = new WeakMap<Tree, Map<string, string[]>>()

const byName = (tree: Tree): Map<string, string[]> => {
  const known = suffixes.get(tree)
  if (known !== undefined) return known
  const index = new Map<string, string[]>()
  for (const { path } of tree.files) {
    const name = path.slice(path.lastIndexOf('/') + 1)
    const list = index.get(name)
    if (list === undefined) index.set(name, [path])
    else list.push(path)
  }
  suffixes.set(tree, index)
  return index
}

/** Whether some path of the tree ends in this one: documents leave out the folders that they are about. */
export const endsSome = (tree: Tree, target: string): boolean => {
  const wanted = target.replace(/^(?:\.{1,2}\/)+/, '')
  const paths = byName(tree).get(wanted.slice(wanted.lastIndexOf('/') + 1)) ?? []
  return paths.some((path) => path === wanted || path.endsWith(`/${wanted}`))
}

/** Whether a file of this name stands anywhere, whatever its extension and case. */
const isAnywhere = (tree: Tree, name: string): boolean => {
  const stem = name.toLowerCase().replace('licence', 'license')
  return [...byName(tree).keys()].some((known) => {
    const rest = known.toLowerCase().replace('licence', 'license')
    return rest.startsWith(stem) && /^(?:$|-|\.(?:md|txt|rst|adoc)$)/.test(rest.slice(stem.length))
  })
}

/** The path that a link of a document means; undefined where it leaves the repository. */
export const resolveLink = (document: string, target: string): string | undefined =>
  pathFrom(target.startsWith('/') ? '' : folderOf(document), target)

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

// A site generator finds pages without their extension.
const completions = ['.md', '.mdx', '.html', '/index.md', '/README.md']

const linkOf = (document: string, raw: string, tree: Tree): { target: string; exists: boolean } | undefined => {
  if (/:\/|^[a-z][a-z0-9+.-]*:|^#|^\/\/|^[?{$]|\{\{|^<|^mailto/i.test(raw)) return undefined
  const target = decoded(raw.replace(/[#?].*$/, ''))
  const path = target === '' ? undefined : resolveLink(document, target)
  if (path === undefined) return undefined
  const page = path.replace(/\.html$/, '')
  return {
    target: path,
    exists: tree.isDirectory(path) || tree.has(path) || completions.some((end) => tree.has(page + end)),
  }
}

/** The scripts and compose files that a line of a shell runs, unless the line makes or fetches them. */
const commandsIn = (text: string): { target: string; index: number }[] =>
  /^\s*#/.test(text) || makes.test(text)
    ? []
    : [...text.matchAll(command)]
        .map((match) => ({ target: match[1] ?? match[2] ?? match[3] ?? '', index: match.index }))
        .filter(({ target }) => !elsewhere.test(target))

/** More references than a document that is written by hand. */
const maxReferences = 500

/** The files that a document names. Paths in code are asked of readiness reports only: elsewhere they are often examples. */
export const readReferences = (
  document: string,
  lines: readonly MarkdownLine[],
  tree: Tree,
  report: boolean,
): Named[] => {
  const found: Named[] = []
  const add = (form: Form, target: string, line: MarkdownLine, index: number, exists: boolean): void => {
    if (found.length < maxReferences) found.push({ form, target, line: line.number, column: index + 1, exists })
  }
  let shell = false
  // After a change to a folder of the machine's own, the scripts are not this repository's.
  let away = false
  for (const line of lines) {
    if (line.text.length > 2_000) continue
    if (line.code) {
      if (/^\s{0,3}(?:`{3}|~{3})/.test(line.text)) {
        shell = shellFence.test(line.text)
        away = false
      } else if (shell) {
        away ||= leaves.test(line.text)
        for (const { target, index } of away ? [] : commandsIn(line.text))
          add('command', target, line, index, endsSome(tree, target))
      }
      continue
    }
    const prose = line.text.replace(code, (match) => ' '.repeat(match.length))
    for (const match of prose.matchAll(link)) {
      const named = linkOf(document, match[1] ?? '', tree)
      if (named !== undefined) add('link', named.target, line, match.index, named.exists)
    }
    const spoken = mention.exec(prose)
    if (spoken !== null) add('mention', spoken[1] ?? '', line, spoken.index, isAnywhere(tree, spoken[1] ?? ''))
    // The words around a name tell whether it is there; the name itself may well be `generate-secrets.sh`.
    if (!report || notYet.test(prose)) continue
    for (const match of line.text.matchAll(code)) {
      const target = match[1] ?? ''
      if ((filePath.test(target) || bareFile.test(target)) && !elsewhere.test(target))
        add('path', target, line, match.index, endsSome(tree, target))
    }
  }
  return found
}
