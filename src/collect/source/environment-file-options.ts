import type { Collected, Sink } from '../collector.ts'
import { folderOf, pathFrom } from '../tree-path.ts'
import type { Reading } from './reading.ts'

const option = /--env-file[= ]\s*(["']?)([\w./-]{1,200})\1/
const fileOption = /(?:^|\s)(?:-f|--file)[= ]\s*(["']?)([\w./-]{1,200})\1/g
const defaults = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml']

/** Files that a command names, from the root or, as documents have it too, from their own folder. */
const filesOf = (command: Reading['commands'][number], { tree }: Collected): string[] => {
  const named = [...command.text.matchAll(fileOption)].map(([, , file = '']) => file)
  const folders = ['', folderOf(command.path)]
  if (named.length === 0) {
    const found = folders
      .flatMap((folder) => defaults.map((name) => pathFrom(folder, name) ?? ''))
      .find((path) => tree.has(path))
    return found === undefined ? [] : [found]
  }
  return named.flatMap(
    (file) => folders.map((folder) => pathFrom(folder, file) ?? '').find((path) => tree.has(path)) ?? [],
  )
}

/** A fact for each compose file with credentials that a command starts with --env-file. */
export const relateEnvironmentFileOptions = (reading: Reading, collected: Collected, sink: Sink): void => {
  const done = new Set<string>()
  for (const command of reading.commands) {
    const file = option.exec(command.text)?.[2]
    const paths = file === undefined ? [] : filesOf(command, collected)
    // Several files are one project, and a variable in any of them takes what is passed.
    const deployed = reading.deployed.filter(({ path, by }) => by === 'compose' && paths.includes(path))
    const credentials = collected.of('compose.credential').filter(({ place }) => paths.includes(place.path))
    const literals = credentials.filter(({ value }) => value.form === 'literal' && value.from === 'environment')
    const [first] = literals
    if (file === undefined || first === undefined || done.has(first.place.path)) continue
    done.add(first.place.path)
    const interpolates = deployed.some(
      ({ rest, openEnvironment, variables }) =>
        openEnvironment ||
        /\$\{?[A-Za-z_]/.test(rest) ||
        variables.some(({ value }) => value === undefined || /\$\{?[A-Za-z_]/.test(value)),
    )
    sink.fact({
      kind: 'source.environment-file-option',
      subject: `file ${first.place.path}`,
      place: first.place,
      value: { command: `${command.path}:${command.line}`, file, interpolates, literals: literals.length },
    })
  }
}
