import { Address } from './simd'

/**
 * Between lines and shards. A shard is `lanes` windows side by side: value (t, f, lane) stands at
 * (t * width + f) * lanes + lane. `active` lanes hold windows, the rest is padding.
 */
export function gatherFeatures(lines: Address, starts: Address, x: Address, width: i32, steps: i32, lanes: i32, active: i32): void {
  const values = width * steps
  const row = <Address>lanes << 2
  for (let lane = 0; lane < lanes; lane++) {
    let write = x + (<Address>lane << 2)
    if (lane >= active) {
      for (let i = 0; i < values; i++, write += row) store<f32>(write, 0)
      continue
    }
    let read = lines + ((<Address>load<i32>(starts + (<Address>lane << 2)) * <Address>width) << 2)
    for (let i = 0; i < values; i++, write += row, read += 4) store<f32>(write, load<f32>(read))
  }
}

/** As gatherFeatures, for codes of 16 bits; padding is code 0. */
export function gatherCodes(lines: Address, starts: Address, x: Address, width: i32, steps: i32, lanes: i32, active: i32): void {
  const values = width * steps
  const row = <Address>lanes << 1
  for (let lane = 0; lane < lanes; lane++) {
    let write = x + (<Address>lane << 1)
    if (lane >= active) {
      for (let i = 0; i < values; i++, write += row) store<u16>(write, 0)
      continue
    }
    let read = lines + ((<Address>load<i32>(starts + (<Address>lane << 2)) * <Address>width) << 1)
    for (let i = 0; i < values; i++, write += row, read += 2) store<u16>(write, load<u16>(read))
  }
}

/** As gatherFeatures, for class indexes; padding is labelled -1. */
export function gatherLabels(lines: Address, starts: Address, y: Address, heads: i32, steps: i32, lanes: i32, active: i32): void {
  const values = heads * steps
  const row = <Address>lanes << 2
  for (let lane = 0; lane < lanes; lane++) {
    let write = y + (<Address>lane << 2)
    if (lane >= active) {
      for (let i = 0; i < values; i++, write += row) store<i32>(write, -1)
      continue
    }
    let read = lines + ((<Address>load<i32>(starts + (<Address>lane << 2)) * <Address>heads) << 2)
    for (let i = 0; i < values; i++, write += row, read += 4) store<i32>(write, load<i32>(read))
  }
}

/** 1 for lanes that hold a window, 0 for padding. */
export function laneMask(mask: Address, lanes: i32, active: i32): void {
  for (let lane = 0; lane < lanes; lane++) store<f32>(mask + (<Address>lane << 2), lane < active ? 1 : 0)
}

/** From a shard to windows one after the other: target[lane][value]. */
export function scatterLanes(shard: Address, target: Address, values: i32, lanes: i32, active: i32): void {
  const row = <Address>lanes << 2
  for (let lane = 0; lane < active; lane++) {
    let read = shard + (<Address>lane << 2)
    for (let i = 0; i < values; i++, read += row, target += 4) store<f32>(target, load<f32>(read))
  }
}
