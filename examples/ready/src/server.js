import { createServer } from 'node:http'

const databaseUrl = process.env.DATABASE_URL
if (!databaseUrl) throw new Error('DATABASE_URL is not set')

const routes = {
  '/livez': () => ({ status: 200, body: 'alive' }),
  '/readyz': () => ({ status: 200, body: 'ready' }),
}

const server = createServer((request, response) => {
  const answer = routes[request.url]?.() ?? { status: 404, body: 'not found' }
  response.writeHead(answer.status).end(answer.body)
})
server.listen(8080)
process.on('SIGTERM', () => server.close())
