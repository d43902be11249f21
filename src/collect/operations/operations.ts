import type { Collector } from '../collector.ts'
export const operations: Collector = { topic: 'operations', claims: () => false, collect: () => undefined }
