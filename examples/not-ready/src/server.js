import express from 'express'

const secret = process.env.JWT_SECRET || 'change-me'
const app = express()
app.get('/health', (request, response) => response.send('ok'))
app.get('/orders', (request, response) => response.json({ orders: [], signed: secret.length > 0 }))
app.listen(8080)
