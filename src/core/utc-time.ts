/** An instant as people in any time zone read it: `2026-11-21 16:00 UTC`. */
export const utcTime = (time: Date): string => `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`
