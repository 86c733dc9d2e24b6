/** A variable of the style sheet as a colour: a canvas knows no light-dark(), so the browser resolves it on an element. */
export function colourOf(box: HTMLElement, variable: string): string {
  const probe = document.createElement('i')
  probe.style.color = `var(${variable})`
  box.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
