import { startOf } from '../../core/facts/place.ts'
import type { Collector, Sink, TextFile } from '../collector.ts'
import { asMapping } from '../shape.ts'
import type { YamlDocument } from '../yaml/yaml-file.ts'
import { Emitter } from './emit.ts'
import { projectOf, type Project } from './project.ts'
import { isComposeName, servicesOf } from './recognise.ts'

const mayBeCompose = (text: string): boolean => /^services[ \t]*:/m.test(text) && !/^apiVersion[ \t]*:/m.test(text)

const takeDocument = (document: YamlDocument, file: TextFile, named: boolean, project: Project, sink: Sink): void => {
  if (document.value === null || document.value === undefined) return
  const root = asMapping(document.value)
  const services = root === undefined ? 'shape' : servicesOf(root, named)
  if (root === undefined || services === 'shape') {
    if (named) sink.unjudged(document.at(), 'shape', 'is not a compose file: it has no mapping of services')
    return
  }
  if (services === 'foreign') return
  project.sources.adopt(document)
  project.add(file.path, root, services)
}

/** A YAML file that is larger and has another name is data. Bytes. */
const maxUnnamedSize = 1_000_000

/** Docker Compose files, by their name or by what is in them. */
export const compose: Collector = {
  topic: 'compose',
  claims: ({ path, size }) =>
    isComposeName(path) || (/\.ya?ml$/i.test(path) && size <= maxUnnamedSize && !path.startsWith('.github/')),
  recognises: (text) => mayBeCompose(text),
  collect: (file, sink, tree) => {
    const named = isComposeName(file.path)
    if (!named && !mayBeCompose(file.text)) return
    const { documents, problems } = file.yaml('1.2')
    for (const { code, reason, place } of named ? problems : []) {
      const template = code === 'syntax' && /\{\{|\{%|<%/.test(file.text)
      if (template) sink.unjudged(place, 'template', 'is a template that another tool renders', { repairable: false })
      else sink.unjudged(place, code, reason)
    }
    const project = projectOf(tree)
    for (const document of documents) takeDocument(document, file, named, project, sink)
  },
  relate: ({ tree }, sink) => {
    const project = projectOf(tree)
    const emitter = new Emitter(project, sink)
    for (const document of project.documents) {
      try {
        emitter.document(document)
      } catch (error) {
        // A bug, met at one file, is that file's unknown.
        const what = error instanceof Error ? error.message : String(error)
        sink.unjudged(startOf(document.path), 'collector', `could not be judged: ${what}`)
      }
    }
  },
}
