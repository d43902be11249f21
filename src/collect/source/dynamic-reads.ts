import type { Language } from './languages.ts'
import { lineAt } from './paths.ts'
import type { Program } from './program.ts'

/** In each language, how a program comes to read variables whose names do not stand in it. */
const dynamic: Partial<Record<Language, RegExp>> = {
  javascript:
    /process\.env(?:\[(?!['"`][^'"`$]*['"`]\])|\s*[),;}]|\s*as\b|\s+\?\?)|\.\.\.process\.env|(?:import\.meta\.env|Bun\.env|Deno\.env)\[|from ['"](?:nconf|rc|convict|env-schema|znv)['"]|require\(['"](?:nconf|rc)['"]\)/,
  python:
    /os\.environ(?!\s*(?:\[\s*["']|\.(?:get|setdefault|pop)\(\s*["']))|os\.getenv\(\s*(?!["'])|os\.environ\.get\(\s*(?!["'])|BaseSettings|dynaconf|from environs|import environ\b|envparse|load_dotenv\(.*override|starlette\.config/,
  go: /os\.Environ\(\)|AutomaticEnv|SetEnvPrefix|envconfig|caarlos0\/env|koanf|cleanenv|kelseyhightower|sethvargo|urfave\/cli|alecthomas\/kong|os\.ExpandEnv|os\.(?:Getenv|LookupEnv)\(\s*(?:[\w.]+\s*\+|"[^"]*"\s*\+|\w+\.\w+\(|fmt\.)/,
  jvm: /System\.getenv\(\)|System\.getenv\(\s*\w+\s*\+|quarkus|micronaut|io\.ktor|typesafe\.config|ConfigFactory/,
  ruby: /ENV(?:\.to_h|\.each|\.select|\.slice|\[\s*(?!['"]))|ENV\.fetch\(\s*(?!['"])|Dotenv|anyway_config|Figaro/,
  rust: /clap|envy|figment|config::|env::vars\(|dotenvy_macro/,
}

/** Languages in which configuration binds variables by rules that are not followed here. */
const unfollowed: ReadonlySet<Language> = new Set<Language>(['php', 'csharp'])

/** Images whose only program is what is copied into them. */
const plainBase =
  /(?:^|\/)(?:scratch|alpine|debian|ubuntu|busybox|node|bun|deno|python|golang|ruby|rust|openjdk|eclipse-temurin|amazoncorretto|amazonlinux|ibm-semeru-runtimes|ubi\d?(?:-minimal|-micro)?|wolfi-base|static|jre|jdk|chiseled)(?:[:@-]|$)|distroless|chainguard/

/** Why nobody can say that a variable is not read; undefined where one can. */
export const unknownReads = (program: Program): string | undefined => {
  if (program.cut) return 'there is more source than is read'
  if (!plainBase.test(program.file.base)) return `what ${program.file.base} reads itself is not known`
  return program.set.once('dynamic reads', () => dynamicRead(program))
}

const dynamicRead = (program: Program): string | undefined => {
  for (const { text, path, language } of program.source) {
    if (language === undefined) continue
    if (unfollowed.has(language)) return 'its configuration binds variables by rules of its own'
    const match = dynamic[language]?.exec(text)
    if (match !== null && match !== undefined)
      return `${path}:${lineAt(text, match.index)} reads variables by computed names`
  }
  return undefined
}
