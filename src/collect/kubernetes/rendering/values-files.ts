import type { Tree } from '../../tree.ts'
import type { Belonging } from './environments.ts'

/** More files for one environment than these are other things' values. */
const maxVariants = 4

/** How charts' values for an environment are called; the environment is the only group. */
const shapes = [
  /^values[-_.]([\w.-]+)\.ya?ml$/,
  /^([\w.-]+)[-_.]values\.ya?ml$/,
  /^(?:values|ci|environments|envs?)\/values[-_.]([\w.-]+)\.ya?ml$/,
  /^(?:values|ci|environments|envs?)\/([\w.-]+?)(?:[-_.]values)?\.ya?ml$/,
  /^(?:values|environments|envs?)\/([\w.-]+)\/values\.ya?ml$/,
]

const environmentIn = (relative: string): string | undefined => {
  for (const shape of shapes) {
    const name = shape.exec(relative)?.[1]
    if (name !== undefined) return name
  }
  return undefined
}

/** The values files to render a chart with, a list for each time: those of the judged environment, else the chart's own alone. */
export const valuesFor = (folder: string, tree: Tree, belonging: (name: string) => Belonging): string[][] => {
  const prefix = folder === '' ? '' : `${folder}/`
  const ours = tree.all
    .filter(({ path, mode }) => {
      if (!path.startsWith(prefix) || mode === 'symlink' || mode === 'submodule') return false
      const name = environmentIn(path.slice(prefix.length))
      return name !== undefined && belonging(name) === 'ours'
    })
    .map(({ path }) => [path])
    .slice(0, maxVariants)
  return ours.length > 0 ? ours : [[]]
}
