import { type Answer, bare, ok } from '../answer.ts';
import type { Asked } from '../asked.ts';
import type { Route, Served } from '../route.ts';
import { keyShape } from '../shapes/values.ts';

/** Tags of instances. orchestrator lets anybody set them; here that wants what other changes want. */
export const tagRoutes: readonly Route[] = [
  { path: 'tagged', needs: 'view', answer: tagged },
  // orchestrator's own client asks for it where it is given an instance, and orchestrator has no such route.
  { path: 'tagged/:host/:port', needs: 'view', answer: tagged },
  { path: 'tags/:host/:port', needs: 'view', answer: tags },
  { path: 'tag-value/:host/:port', needs: 'view', answer: value },
  { path: 'tag-value/:host/:port/:tagName', needs: 'view', answer: value },
  { path: 'tag/:host/:port', needs: 'recover', answer: tag },
  { path: 'tag/:host/:port/:tagName/:tagValue', needs: 'recover', answer: tag },
  { path: 'untag/:host/:port', needs: 'recover', answer: untag },
  { path: 'untag/:host/:port/:tagName', needs: 'recover', answer: untag },
  { path: 'untag-all', needs: 'recover', answer: untagAll },
  { path: 'untag-all/:tagName/:tagValue', needs: 'recover', answer: untagAll },
];

/** `name=value` or `name`, from the path where it stands there. */
function tagIn(asked: Asked): string {
  const [name, given] = [asked.param('tagName'), asked.param('tagValue')];
  if (name === '') return asked.query('tag');
  return given === '' ? name : `${name}=${given}`;
}

function tagged(asked: Asked, { controller }: Served): Answer {
  const only = asked.param('host') === '' ? null : asked.instance(controller).key;
  const found = controller.kept.tags.tagged(asked.query('tag'));
  return bare(found.filter((key) => only === null || key === only).map(keyShape));
}

function tags(asked: Asked, { controller }: Served): Answer {
  return bare(controller.kept.tags.of(asked.instance(controller).key));
}

function value(asked: Asked, { controller }: Served): Answer {
  return bare(controller.kept.tags.valueOf(asked.instance(controller).key, tagIn(asked)));
}

async function tag(asked: Asked, { controller }: Served): Promise<Answer> {
  const { key } = asked.instance(controller);
  await controller.kept.tags.set(key, tagIn(asked), asked.asker);
  return ok(`${key} tagged with ${tagIn(asked)}`, keyShape(key));
}

async function untag(asked: Asked, { controller }: Served): Promise<Answer> {
  const { key } = asked.instance(controller);
  const untagged = await controller.kept.tags.remove(key, tagIn(asked), asked.asker);
  return ok(`${tagIn(asked)} removed from ${untagged.length} instances`, untagged.map(keyShape));
}

async function untagAll(asked: Asked, { controller }: Served): Promise<Answer> {
  const untagged = await controller.kept.tags.removeEverywhere(tagIn(asked), asked.asker);
  return ok(`${tagIn(asked)} removed from ${untagged.length} instances`, untagged.map(keyShape));
}
