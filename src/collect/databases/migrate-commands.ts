import { purposeOf } from '../compose/purpose.ts'
import type { Sink, TextFile } from '../collector.ts'

/** Programs that change a schema, by the words that stand in a command. Bounded, so that no line takes long. */
const programs =
  /\b(?:prisma (?:db push|migrate (?:deploy|reset|resolve|dev))|(?:flyway|mvn flyway:\w+|gradlew? flyway\w+)(?: [\w.=:/$-]{1,80}){0,6} (?:migrate|clean)|liquibase(?: [\w.=:/$-]{1,80}){0,6} (?:update|drop-all)|alembic(?: [\w.=:/$-]{1,80}){0,4} upgrade|manage\.py (?:migrate|flush)|(?:rails|rake) db:(?:migrate|reset|drop|schema:load)|artisan migrate(?::(?:fresh|refresh|reset))?|(?:typeorm|typeorm-ts-node-\w+) (?:migration:run|schema:(?:sync|drop))|sequelize(?:-cli)? db:(?:migrate|drop)|knex migrate:latest|drizzle-kit (?:push|migrate)|dbmate(?: [\w.=:/$-]{1,80}){0,4} (?:up|migrate)|goose(?: [\w.=:/$@"-]{1,80}){0,5} up|migrate (?:[\w.=:/$@"?&{}-]{1,120} ){1,6}up|atlas (?:migrate|schema) apply|sqlx migrate run|diesel migration run|ef database update|flask db upgrade|doctrine:migrations:migrate|mix ecto\.(?:migrate|reset|drop)|node-pg-migrate up|supabase db (?:push|reset))\b/

const destroys: readonly [RegExp, string][] = [
  [/--accept-data-loss\b/, '--accept-data-loss'],
  [/\bprisma (?:db push|migrate)\b.{0,200}--force-reset\b/, '--force-reset'],
  [/\bprisma migrate reset\b/, 'migrate reset'],
  [/\bmigrate:(?:fresh|refresh|reset)\b/, 'migrate:fresh'],
  [/\bschema:drop\b/, 'schema:drop'],
  [/\bdb:(?:reset|drop|schema:load)\b/, 'db:reset'],
  [/\bflyway\w*(?: \S{1,80}){0,6} clean\b|\bflyway:clean\b|\bflywayClean\b/, 'clean'],
  [/\bdrop-all\b/, 'drop-all'],
  [/\bmanage\.py flush\b/, 'flush'],
  [/\becto\.(?:reset|drop)\b/, 'ecto.reset'],
  [/\bsupabase db reset\b/, 'db reset'],
]

const swallows = /\|\|\s*(?:true|:|echo\b|exit 0|printf\b)(?:[^|]|$)|;\s*true\s*["'\])]*$/

/** Whether a text may hold such a command; asked of every source, so it is quick. */
export const mayMigrate = (text: string): boolean =>
  /migrat|prisma|flyway|db push|liquibase|alembic|drizzle-kit|dbmate|goose|db:(?:reset|drop)|db (?:upgrade|reset)|database update|manage\.py flush|ecto\.|schema:(?:drop|sync)/.test(
    text,
  )

const maxLine = 2000

/** What of a repository is run, and not only built or read. */
const runs =
  /\.(?:sh|bash)$|(?:^|\/)(?:package\.json|Procfile|Makefile|(?:docker-)?compose[^/]*\.ya?ml|Dockerfile[^/]*|[^/]*\.[Dd]ockerfile|Containerfile|fly\.toml|railway\.(?:json|toml)|nixpacks\.toml|vercel\.json|render\.ya?ml|app\.json|captain-definition)$|^\.github\/workflows\/|\.ya?ml$/

/** Scripts of package.json that a host or an image runs for production. */
const productionScripts =
  /^\s*"((?:(?:pre|post)?(?:start|install|build|deploy|release)|start[:-](?:prod|production)|(?:build|deploy|vercel|heroku|railway|render)[:-][\w:-]{1,40}|(?:prisma|db|migrate)[:-](?:deploy|prod|production))|deploy[:-][\w:-]{1,40})"\s*:/

/** Names of files and steps that say: for a developer's machine. */
const aside =
  /(?:^|[/._-])(?:dev|devcontainer|local|test|tests|e2e|ci|reset|setup|seed|dx|example|examples|docs|preview|bootstrap|init)(?:[/._-]|$)/i

/** A fact for each command of a file that changes a schema where the service is deployed or started. */
export const commandFacts = (file: TextFile, sink: Sink): void => {
  const { path, text } = file
  if (!runs.test(path) || text.length > 500_000) return
  const manifest = path.endsWith('package.json')
  const workflow = path.startsWith('.github/')
  if (workflow && !/deploy|release|publish|prod/i.test(path)) return
  if (path.endsWith('Makefile') || (aside.test(path) && !workflow)) return
  // The files that one looks into by their endings alone must be manifests.
  if (/\.ya?ml$/.test(path) && !workflow && !/^(?:services|apiVersion|kind)[ \t]*:/m.test(text)) return
  const purpose = purposeOf(path)
  for (const [index, line] of text.split('\n').entries()) {
    if (line.length > maxLine || /^\s*(?:#|\/\/|echo\b|printf\b)/.test(line)) continue
    const found = programs.exec(line)
    if (found === null) continue
    const script = manifest ? productionScripts.exec(line)?.[1] : undefined
    if (manifest && script === undefined) continue
    const losesData = destroys.find(([pattern]) => pattern.test(line))?.[1] ?? ''
    const swallowed = swallows.exec(line.slice(found.index))?.[0].trim() ?? ''
    const words = found[0].split(' ')
    const command = [words[0], words.at(-1)].join(' ')
    sink.fact({
      kind: 'databases.migrate-command',
      subject: script === undefined ? `command ${command}` : `script ${script}`,
      place: { path, line: index + 1, column: found.index + 1 },
      value: {
        command: words.length > 3 ? command : found[0],
        where: script === undefined ? path.slice(path.lastIndexOf('/') + 1) : `the script ${script}`,
        purpose,
        losesData,
        swallowed: swallowed.startsWith('||')
          ? `|| ${
              swallowed
                .slice(2)
                .trim()
                .split(/[\s;"']/)[0] ?? ''
            }`
          : swallowed === ''
            ? ''
            : '; true',
      },
    })
  }
}
