import { paperStyle } from './style-paper.ts'
import { screenStyle } from './style-screen.ts'
import { tableStyle } from './style-table.ts'

const light = `--ground:#f6f7f9;--card:#fff;--ink:#171b21;--quiet:#555e6b;--line:#d8dde4;--soft:#eceff3;--link:#0b57b0;
--bad:#b3261e;--bad-soft:#fdecea;--warn:#8a5200;--warn-soft:#fdf3e1;--good:#0f6b3f;--good-soft:#e5f4ec;--calm:#3f5b82;--open:#aab3bf`
const dark = `--ground:#0e1116;--card:#161b22;--ink:#e7ebf0;--quiet:#a0aab6;--line:#2d343d;--soft:#212830;--link:#7cb7ff;
--bad:#ff8f86;--bad-soft:#3a1b1a;--warn:#f0b95a;--warn-soft:#35280f;--good:#6ed29b;--good-soft:#12301f;--calm:#9db9e2;--open:#66717e`

/** The whole style sheet of the page, in which nothing comes from a report. */
export const styleSheet = `:root{color-scheme:light dark;${light}}
@media (prefers-color-scheme:dark){:root{${dark}}}
${screenStyle}${tableStyle}@media print{:root{color-scheme:light;${light};--ground:#fff}
${paperStyle}}
`.replaceAll('\n', '')
