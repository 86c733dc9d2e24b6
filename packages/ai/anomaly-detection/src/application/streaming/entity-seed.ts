/**
 * The seed of a model, which hangs on nothing but the stream's seed, the entity and the model's number, so that the order
 * in which entities appear changes no score. Where there are no entities the first model has the stream's own.
 */
export function entitySeed(seed: number, key: string | undefined, generation: number): number {
  if (key === undefined && generation === 1) return seed
  const text = `${seed}/${generation}/${key ?? ''}`
  return hashOf(text, 0x811c9dc5) * 0x200000 + (hashOf(text, 0x9747b28c) >>> 11)
}

// FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo, 1991) over UTF-16 units, from two starting points.
function hashOf(text: string, start: number): number {
  let hash = start
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
