import { orderedReport } from '../core/report-order.ts'
import { escapeControls } from './plain-text.ts'
import type { Renderer } from './renderer.ts'

/** The report as `docs/report.schema.json` has it, with its keys in that order. */
export const json: Renderer = (report) => `${escapeControls(JSON.stringify(orderedReport(report), undefined, 2))}\n`
