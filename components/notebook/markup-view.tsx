import Link from 'next/link'
import { createElement, Fragment, type ReactNode } from 'react'
import type { Markup, MarkupElement } from '@/lib/export/markup'
import { cn } from '@/components/ui/cn'
import './notebook.css'

const NAMES: Readonly<Record<string, string>> = { class: 'className', tabindex: 'tabIndex' }

/** "stroke-width" as React names it; attributes of speech and data keep theirs. */
function attributeName(name: string): string {
  if (name.startsWith('aria-') || name.startsWith('data-')) return name
  return NAMES[name] ?? name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function styleOf(text: string): Record<string, string> {
  return Object.fromEntries(text.split(';').map((rule) => {
    const [name = '', value = ''] = rule.split(':')
    return [attributeName(name.trim()), value.trim()]
  }))
}

function node(markup: Markup): ReactNode {
  return typeof markup === 'string' ? markup : element(markup)
}

function element({ tag, attributes, children }: MarkupElement): ReactNode {
  const inner = children.map((child, index) => <Fragment key={index}>{node(child)}</Fragment>)
  const { href, style, ...rest } = attributes
  const properties: Record<string, unknown> = Object.fromEntries(Object.entries(rest).map(([name, value]) => [attributeName(name), value]))
  if (style !== undefined) properties.style = styleOf(style)
  if (tag === 'a' && href?.startsWith('/')) return <Link {...properties} prefetch={false} href={href}>{inner}</Link>
  if (tag === 'a') return createElement('a', { ...properties, href, target: '_blank', rel: 'noreferrer noopener' }, inner)
  return children.length > 0 ? createElement(tag, properties, inner) : createElement(tag, properties)
}

/** Elements as data, drawn by React: nothing in them is read as markup. */
export function MarkupView({ markup, prose = false, className }: { markup: readonly Markup[]; prose?: boolean; className?: string }) {
  return <div className={cn('notebook-markup', prose && 'prose', className)}>{markup.map((one, index) => <Fragment key={index}>{node(one)}</Fragment>)}</div>
}
