import { controllerName, isNode, nodeName } from '@/lib/contexts/actors'
import type { OpenPicture } from './open-picture'

const ACCOUNT = /^system:serviceaccount:([^:]*):(.*)$/s

/** Users as people say them: `node-2`, `deployment-controller`, `sa payments:deployer`. */
export function shortActor(user: string | null, agent: string | null = null): string {
  if (user === null || user === '') return 'nobody'
  const controller = controllerName(user, agent)
  if (controller !== null) return controller
  if (isNode(user)) return nodeName(user)
  const account = ACCOUNT.exec(user)
  return account ? `sa ${account[1]}:${account[2]}` : user.replace(/^system:(?!anonymous)/, '')
}

export function actorOf(picture: OpenPicture, request: number): string {
  return shortActor(picture.text('user', request), picture.text('agent', request))
}

/** `pods/status`; the path of a request that names no API object. */
export function kindOf(picture: OpenPicture, request: number): string {
  const resource = picture.text('resource', request)
  if (resource === null) return picture.text('path', request) ?? 'no object'
  const subresource = picture.text('subresource', request)
  return subresource === null ? resource : `${resource}/${subresource}`
}

/** `patch pods/status`. */
export function actionOf(picture: OpenPicture, request: number): string {
  return `${picture.text('verb', request) ?? 'request'} ${kindOf(picture, request)}`
}

/** `shop/cart`; empty where the request names none. A namespace's own name is not said twice. */
export function objectOf(picture: OpenPicture, request: number): string {
  const [namespace, name] = [picture.text('namespace', request), picture.text('name', request)]
  return picture.text('resource', request) === 'namespaces' ? (name ?? namespace ?? '') : [namespace, name].filter((part) => part !== null).join('/')
}
