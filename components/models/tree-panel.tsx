'use client'
import { Maximize2, Minus, Plus } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { verdictText } from '@/lib/model/explain/answer-text'
import type { ModelExplanation } from '@/lib/model/explain/explanation-file'
import { drawTree } from '@/lib/model/explain/tree/draw-tree'
import { treeDot } from '@/lib/model/explain/tree/tree-dot'
import { treeSvg } from '@/lib/model/explain/tree/tree-svg'
import { saveFile } from '@/components/charts/save-file'
import { formatCount, formatScore, formatShare } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/field'
import { Facts, Section } from '@/components/ui/page'
import { Tip } from '@/components/ui/tip'
import { TreePicture } from './tree-picture'

type Tree = NonNullable<ModelExplanation['tree']>

/** The tree that repeats a model, how faithfully it does, and its files. */
export function TreePanel({ name, tree, depth, onDepth }: { name: string; tree: Tree; depth: number; onDepth: (depth: number) => void }) {
  const drawn = useMemo(() => drawTree(tree.root, { depth, label: verdictText }), [tree, depth])
  const title = `${name} as a decision tree`
  return (
    <Section title="As a decision tree" aside={<Exports name={name} tree={tree} />}>
      <p className="mb-3 max-w-[90ch] text-dim">Grown on the model’s own answers to {formatCount(tree.lines)} training lines and pruned; it asks for values of the line{tree.context.length > 1 ? ' and its neighbours' : ' alone'}. Read it only as far as its fidelity goes: what it does not repeat, the network knows from somewhere else.</p>
      <Facts items={[
        { label: 'Fidelity', value: formatShare(tree.fidelity.accuracy), note: `of ${formatCount(tree.fidelity.lines)} unseen lines get the model’s label` },
        { label: 'Macro F1 against the model', value: formatScore(tree.fidelity.macroF1), note: 'every label weighs the same' },
        { label: 'Accuracy of the tree', value: tree.truth ? formatShare(tree.truth.accuracy) : '–', note: 'against the true labels' },
        { label: 'Size', value: `${formatCount(tree.leaves)} leaves`, note: `${tree.depth} deep, ${formatCount(tree.verdicts)} answers to choose from` },
      ]} />
      <TreeStage key={depth} drawn={drawn} title={title} depth={depth} deepest={tree.depth} onDepth={onDepth} />
    </Section>
  )
}

const ZOOMS = [0.5, 0.67, 0.8, 1, 1.25, 1.5] as const
const FULL = 3

function TreeStage({ drawn, title, depth, deepest, onDepth }: { drawn: ReturnType<typeof drawTree>; title: string; depth: number; deepest: number; onDepth: (depth: number) => void }) {
  const [zoom, setZoom] = useState(FULL)
  const stage = useRef<HTMLDivElement>(null)
  const step = (by: number) => (): void => setZoom((now) => Math.max(0, Math.min(ZOOMS.length - 1, now + by)))
  const fit = (): void => {
    const room = stage.current?.clientWidth ?? drawn.width
    const best = ZOOMS.findLastIndex((scale) => drawn.width * scale <= room)
    setZoom(Math.max(0, best))
  }
  useKey('+', 'Zoom the tree in', 'This model', step(1))
  useKey('-', 'Zoom the tree out', 'This model', step(-1))
  useKey('0', 'Fit the tree', 'This model', fit)
  return (
    <div className="mt-3">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <label className="flex items-center gap-2 text-12 text-dim">Levels<Select aria-label="Levels of the tree" value={Math.min(depth, deepest)} onChange={(event) => onDepth(Number(event.target.value))}>{Array.from({ length: Math.max(1, deepest) }, (_, i) => <option key={i} value={i + 1}>{i + 1 === deepest ? `all ${deepest}` : i + 1}</option>)}</Select></label>
        <Tip label="Smaller" keys="-"><Button size="icon" tone="quiet" aria-label="Smaller" onClick={step(-1)}><Minus /></Button></Tip>
        <Tip label="Larger" keys="+"><Button size="icon" tone="quiet" aria-label="Larger" onClick={step(1)}><Plus /></Button></Tip>
        <Tip label="Fit the width" keys="0"><Button size="icon" tone="quiet" aria-label="Fit the width" onClick={fit}><Maximize2 /></Button></Tip>
      </div>
      <div ref={stage} tabIndex={0} role="region" aria-label="The tree, scrolls both ways" className="max-h-[70vh] overflow-auto rounded-md border border-line bg-bg">
        <TreePicture drawn={drawn} zoom={ZOOMS[zoom] ?? 1} label={title} />
      </div>
    </div>
  )
}

/** Deep enough for any tree that is distilled. */
const ALL = 1000

function Exports({ name, tree }: { name: string; tree: Tree }) {
  const save = (kind: 'svg' | 'dot' | 'json'): void => {
    const file = `${name}-tree.${kind}`
    if (kind === 'svg') saveFile(file, treeSvg(drawTree(tree.root, { depth: ALL, label: verdictText }), `${name} as a decision tree, fidelity ${formatShare(tree.fidelity.accuracy)}`), 'image/svg+xml')
    else if (kind === 'dot') saveFile(file, treeDot(tree.root, verdictText), 'text/vnd.graphviz')
    else saveFile(file, `${JSON.stringify(tree, null, 1)}\n`, 'application/json')
  }
  return (
    <div className="flex" role="group" aria-label="Export the tree">
      <Button tone="quiet" size="sm" onClick={() => save('svg')}>SVG</Button>
      <Button tone="quiet" size="sm" onClick={() => save('dot')}>DOT</Button>
      <Button tone="quiet" size="sm" onClick={() => save('json')}>JSON</Button>
    </div>
  )
}
