import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { boundBodies } from '../../../src/hosts/app/bodies.ts'

let server: Server
let read: number

beforeEach(async () => {
  read = 0
  server = createServer((incoming, response) => {
    incoming.on('data', (part: Buffer) => (read += part.length))
    incoming.on('end', () => response.end('taken'))
  })
  boundBodies(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** Sends the headers and a first part, and resolves to the status that comes, or to what went wrong. */
const send = (method: string, headers: Record<string, string>, part = '', end = true): Promise<unknown> =>
  new Promise((resolve) => {
    const { port } = server.address() as AddressInfo
    const outgoing = request({ port, method, headers, path: '/api/github/webhooks' }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    outgoing.on('error', (error) => resolve(error.message))
    if (part !== '') outgoing.write(part)
    if (end) outgoing.end()
    else outgoing.flushHeaders()
  })

test.each<[string, string, Record<string, string>, string, number]>([
  ['a payload', 'POST', { 'content-length': '5' }, 'abcde', 200],
  ['a probe', 'GET', {}, '', 200],
  ['a payload of nobody knows how much', 'POST', { 'transfer-encoding': 'chunked' }, 'abcde', 411],
])('%s', async (_, method, headers, part, status) => {
  expect(await send(method, headers, part)).toBe(status)
  expect(read).toBe(status === 200 ? part.length : 0)
})

test('a payload that is larger than GitHub sends is not read', async () => {
  expect(await send('POST', { 'content-length': '26214401' }, 'x', false)).toBe(413)
  expect(read).toBe(0)
})

test('of many large ones at once some have to wait, and later ones are taken', async () => {
  const large = { 'content-length': '26214400' }
  const open = Array.from({ length: 10 }, () => send('POST', large, 'x', false))
  await expect.poll(() => read).toBe(10)
  expect(await send('POST', large, 'x', false)).toBe(503)
  server.closeAllConnections()
  await Promise.all(open)
  expect(await send('POST', { 'content-length': '1' }, 'x')).toBe(200)
})
