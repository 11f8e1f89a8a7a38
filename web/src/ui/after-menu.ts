/** Does something that takes the focus: from a menu only once that has closed and given the focus back. */
export function afterMenu(act: () => void): void {
  const isInMenu = document.activeElement?.closest('[role=menu]') != null
  if (isInMenu) requestAnimationFrame(act)
  else act()
}
