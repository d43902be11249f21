/** Instances inherit nothing, as `Object.create(null)` does, but keep the shape that engines are fast with. */
const PlainMap = function PlainMap() {} as unknown as new () => Record<string, unknown>
PlainMap.prototype = Object.freeze(Object.create(null) as object)

/** A map without any key, not even an inherited one: `constructor` and `__proto__` are keys like others. */
export const emptyMap = (): Record<string, unknown> => new PlainMap()
