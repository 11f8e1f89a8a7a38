import { common, createLowlight } from 'lowlight'
import { createElement, type ReactNode } from 'react'

const lowlight = createLowlight(common)

type Nodes = ReturnType<typeof lowlight.highlight>['children']

/** Code as elements with the classes of its grammar; undefined where the language is not known. */
export function highlight(language: string, text: string): ReactNode | undefined {
  if (!lowlight.registered(language)) return undefined
  return elements(lowlight.highlight(language, text).children)
}

function elements(nodes: Nodes): ReactNode[] {
  return nodes.map((node, i) => {
    if (node.type === 'text') return node.value
    if (node.type !== 'element') return null
    const { className } = node.properties
    return createElement(
      'span',
      { key: i, className: Array.isArray(className) ? className.join(' ') : undefined },
      elements(node.children),
    )
  })
}
