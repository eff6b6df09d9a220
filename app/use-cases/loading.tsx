import { PageSkeleton } from '@/components/ui/skeletons'

export default function Loading() {
  return <PageSkeleton blocks={[{ height: 160 }, { height: 160 }, { height: 160 }, { height: 160 }]} />
}
