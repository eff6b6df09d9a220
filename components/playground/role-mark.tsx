import { verbColor, verbName } from '@/components/charts/palette'

/** Shapes tell roles: filled diamond, dot, small hollow dot, cross. Draws into an SVG. */
export function RoleShape({ role, verb, x, y }: { role: string; verb: string | null; x: number; y: number }) {
  const fill = verbColor(verb)
  const outline = verbName(verb) === 'get' ? { stroke: 'var(--color-outline)', strokeWidth: 1 } : {}
  if (role === 'trigger') return <path d={`M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}Z`} fill={fill} {...outline} />
  if (role === 'consequence') return <circle cx={x} cy={y} r={4} fill={fill} {...outline} />
  if (role === 'background') return <circle cx={x} cy={y} r={2.75} fill="none" stroke="var(--color-strong)" strokeWidth={1.25} />
  return <path d={`M${x - 3} ${y - 3}L${x + 3} ${y + 3}M${x + 3} ${y - 3}L${x - 3} ${y + 3}`} stroke="var(--color-strong)" strokeWidth={1.25} />
}

/** A role's shape and word. */
export function RoleMark({ role, verb, label = true }: { role: string; verb: string | null; label?: boolean }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg viewBox="0 0 14 14" className="size-3.5 shrink-0" aria-hidden><RoleShape role={role} verb={verb} x={7} y={7} /></svg>
      {label ? role : <span className="sr-only">{role}</span>}
    </span>
  )
}
