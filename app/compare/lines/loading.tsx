import { PageSkeleton } from '@/components/ui/skeletons'

export default function Loading() {
  return <PageSkeleton blocks={[{ height: 190 }, { height: 190 }, { height: 320, wide: true }, { height: 520, wide: true }]} />
}
