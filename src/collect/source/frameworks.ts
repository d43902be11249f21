import type { Program } from './program.ts'

interface Framework {
  name: string
  /** In source, that it is used. */
  sign: RegExp
  /** In source, that it declares a route. */
  route: RegExp
}

/** Frameworks whose routes stand as literals in the source that uses them. */
const frameworks: readonly Framework[] = [
  { name: 'Gin', sign: /"github\.com\/gin-gonic\/gin"/, route: /\.(?:GET|POST|Any|Handle)\(\s*"\// },
  { name: 'Echo', sign: /"github\.com\/labstack\/echo/, route: /\.(?:GET|POST|Any|Add)\(\s*"\// },
  { name: 'chi', sign: /"github\.com\/go-chi\/chi/, route: /\.(?:Get|Post|Handle|HandleFunc|Method)\(\s*"/ },
  { name: 'Fiber', sign: /"github\.com\/gofiber\/fiber/, route: /\.(?:Get|Post|All|Add)\(\s*"\// },
  { name: 'gorilla/mux', sign: /"github\.com\/gorilla\/mux"/, route: /\.(?:HandleFunc|Handle|Path)\(\s*"\// },
  { name: 'net/http', sign: /"net\/http"/, route: /\.(?:HandleFunc|Handle)\(\s*"/ },
  {
    name: 'NestJS',
    sign: /from ['"]@nestjs\/common['"]/,
    route: /@(?:Get|Post|All|Controller)\(/,
  },
  { name: 'Express', sign: /(?:require\(|from )['"]express['"]/, route: /\.(?:get|post|all|use|route)\(\s*['"`]\// },
  {
    name: 'Fastify',
    sign: /(?:require\(|from )['"]fastify['"]/,
    route: /\.(?:get|post|all|route)\(\s*(?:['"`]\/|\{)/,
  },
  { name: 'Koa', sign: /(?:require\(|from )['"]@?koa(?:[-/]router)?['"]/, route: /\.(?:get|post|all)\(\s*['"`]\// },
  { name: 'FastAPI', sign: /^[ \t]*from fastapi import/m, route: /@\w+\.(?:get|post|api_route)\(\s*["'(\n]/ },
  { name: 'Flask', sign: /^[ \t]*from flask import/m, route: /@\w+\.(?:route|get|post)\(\s*["']/ },
  { name: 'Django', sign: /^[ \t]*from django/m, route: /\b(?:path|re_path|url)\(\s*r?["']/ },
  {
    name: 'Spring Boot',
    sign: /@SpringBootApplication/,
    route: /@(?:Get|Post|Request|Put)Mapping|@SpringBootApplication/,
  },
  { name: 'Rails', sign: /Rails\.application\.routes/, route: /\bget\s+['":]/ },
  { name: 'ASP.NET Core', sign: /WebApplication\.Create/, route: /\.Map(?:Get|Post|HealthChecks|Controllers)\(/ },
]

/** What serves HTTP in a program, where it is one that is known and declares a route itself. */
export const frameworkOf = (program: Program): string | undefined => program.once('framework', () => recognise(program))

const recognise = (program: Program): string | undefined => {
  if (isNext(program)) return 'Next.js'
  for (const { name, sign, route } of frameworks)
    if (program.find(sign) !== undefined && program.find(route) !== undefined) return name
  return undefined
}

const isNext = (program: Program): boolean => {
  const { home, texts } = program
  const path = home === '' ? 'package.json' : `${home}/package.json`
  const own = texts.find((text) => text.path === path)?.text
  return own !== undefined && /"next"\s*:\s*"/.test(own) && !program.texts.some(isCustomServer)
}

const isCustomServer = ({ path, text }: { path: string; text: string }): boolean =>
  /(?:^|\/)server\.[cm]?[jt]s$/.test(path) && /['"]next['"]/.test(text)
