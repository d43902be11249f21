import type { Collector } from '../collector.ts'

const name = /(^|\/)(Dockerfile|Containerfile)(\.[^/]+)?$|\.(Dockerfile|dockerfile)$/

export const docker: Collector = {
  topic: 'docker',
  claims: ({ path }) => name.test(path) && !path.endsWith('.dockerignore'),
  collect: (file, sink) => {
    const froms = file.text.split('\n').flatMap((line, index) => (/^\s*FROM\s/i.test(line) ? [index + 1] : []))
    for (const [index, line] of froms.entries())
      sink.fact({
        kind: 'docker.stage',
        subject: `stage ${index}`,
        place: { path: file.path, line, column: 1 },
        value: { name: String(index), final: index === froms.length - 1 },
      })
  },
}
