/** Viridis at every tenth: one ramp for magnitude everywhere, even to the eye and told apart without colour vision. */
const STOPS = ['#440154', '#482475', '#414487', '#355f8d', '#2a788e', '#21918c', '#22a884', '#44bf70', '#7ad151', '#bddf26', '#fde725'].map(channels)

type Rgb = readonly [number, number, number]

function channels(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

function mixed(share: number): Rgb {
  const place = Math.max(0, Math.min(1, Number.isFinite(share) ? share : 0)) * (STOPS.length - 1)
  const low = Math.min(STOPS.length - 2, Math.floor(place))
  const [from, to] = [STOPS[low] ?? [0, 0, 0], STOPS[low + 1] ?? [0, 0, 0]]
  const between = (channel: 0 | 1 | 2): number => Math.round(from[channel] + (to[channel] - from[channel]) * (place - low))
  return [between(0), between(1), between(2)]
}

/** The colour of a share of the ramp, 0 to 1. */
export function rampColor(share: number): string {
  return `rgb(${mixed(share).join(' ')})`
}

/** Black or white, whichever stands out more on the ramp's colour (WCAG's relative luminance). */
export function rampInk(share: number): '#000' | '#fff' {
  const [r, g, b] = mixed(share).map((channel) => {
    const c = channel / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  const luminance = 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0)
  return (luminance + 0.05) ** 2 > 0.05 * 1.05 ? '#000' : '#fff'
}

/** The ramp as stops of a gradient. */
export const RAMP_STOPS: readonly { readonly offset: number; readonly color: string }[] = STOPS.map((color, index) => ({ offset: index / (STOPS.length - 1), color: `rgb(${color.join(' ')})` }))
