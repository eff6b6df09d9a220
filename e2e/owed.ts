/** Beside other tests, milliseconds say more of the machine than of the page: then only what is slow beyond doubt is a fault. */
const SLACK = 10

/** How long something that a page owes its reader within `milliseconds` may take: that on a free machine (AUDITWEAVE_TIMINGS=strict), ten times that beside other tests. */
export function owed(milliseconds: number): number {
  return process.env.AUDITWEAVE_TIMINGS === 'strict' ? milliseconds : milliseconds * SLACK
}
