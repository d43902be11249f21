import type { FactValue } from '../../core/facts/index.ts'
import type { TextFile } from '../collector.ts'
import { asMapping, asString } from '../shape.ts'
import type { Tree } from '../tree.ts'
import { folderOf } from '../tree-path.ts'

export type Language = FactValue<'images.toolchain'>['language']

/** What a manifest says of the language's version. */
export interface Requirement {
  language: Language
  path: string
  folder: string
  line: number
  /** As written: `1.24.0`, `>=20 <23`. */
  text: string
  /** minimum: that or later; range: npm's or Python's comparisons. */
  form: 'minimum' | 'range'
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

type Reader = (
  file: TextFile,
) => { text: string; offset: number; form: Requirement['form']; language: Language } | undefined

const firstMatch =
  (pattern: RegExp, language: Language, form: Requirement['form']): Reader =>
  ({ text }) => {
    const found = pattern.exec(text)
    const version = found?.slice(1).find((part) => part !== undefined)
    return found === null || version === undefined
      ? undefined
      : { text: version.trim(), offset: found.index + found[0].search(/\S/), form, language }
  }

const node: Reader = (file) => {
  const engines = asMapping(asMapping(file.yaml('1.2').documents[0]?.value)?.['engines'])
  const range = asString(engines?.['node'])
  if (range === undefined) return undefined
  const at = /"engines"\s*:/.exec(file.text)?.index ?? 0
  return { text: range, offset: Math.max(at, file.text.indexOf('"node"', at)), form: 'range', language: 'Node.js' }
}

const gradle = firstMatch(
  /JavaLanguageVersion\.of\(\s*(\d{1,2})\s*\)|jvmToolchain\(\s*(\d{1,2})\s*\)|sourceCompatibility\s*=\s*(?:JavaVersion\.VERSION_|['"])?(\d{1,2})\b/,
  'Java',
  'minimum',
)

const readers: Record<string, Reader> = {
  'go.mod': firstMatch(/^go[ \t]+(\d{1,4}(?:\.\d{1,4}){0,2})/m, 'Go', 'minimum'),
  'package.json': node,
  'pyproject.toml': firstMatch(
    /^requires-python[ \t]*=[ \t]*["']([^"'\n]{1,80})["']|^python[ \t]*=[ \t]*["']([^"'\n]{1,80})["']/m,
    'Python',
    'range',
  ),
  'pom.xml': firstMatch(
    /<(?:java\.version|maven\.compiler\.release|maven\.compiler\.source|maven\.compiler\.target)>\s{0,9}(\d{1,2})\s{0,9}</,
    'Java',
    'minimum',
  ),
  'build.gradle': gradle,
  'build.gradle.kts': gradle,
}

const elsewhere = /(?:^|\/)(?:node_modules|vendor|testdata|fixtures?|__fixtures__|third_party|examples?|templates?)\//

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Whether a file may say which version of its language the source needs. */
export const isRequirement = (path: string): boolean => Object.hasOwn(readers, baseName(path)) && !elsewhere.test(path)

const byTree = new WeakMap<Tree, Requirement[]>()

/** Every requirement that was read, by the tree. */
export const requirementsOf = (tree: Tree): readonly Requirement[] => byTree.get(tree) ?? []

/** Remembers what a manifest asks for. */
export const readRequirement = (file: TextFile, tree: Tree): void => {
  const found = readers[baseName(file.path)]?.(file)
  if (found === undefined) return
  const list = byTree.get(tree) ?? []
  byTree.set(tree, list)
  const { text, offset, form, language } = found
  list.push({ language, path: file.path, folder: folderOf(file.path), line: lineOf(file.text, offset), text, form })
}

/** The requirement that stands nearest above a folder; undefined where none does. */
export const requirementFor = (tree: Tree, language: Language, folder: string): Requirement | undefined => {
  const list = requirementsOf(tree).filter((one) => one.language === language)
  for (let at = folder; ; at = folderOf(at)) {
    const found = list.find((one) => one.folder === at)
    if (found !== undefined || at === '') return found
  }
}
