/**
 * For `onCloseAutoFocus`: what closes gives the focus back a timer later, and by then, on a busy
 * processor, a key may have moved it on; whoever has it keeps it.
 */
export function keepFocus(event: Event): void {
  const { activeElement, body } = document
  const inside = event.target instanceof Node && event.target.contains(activeElement)
  if (activeElement !== null && activeElement !== body && !inside) event.preventDefault()
}
