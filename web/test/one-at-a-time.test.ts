import { describe, expect, it } from 'vitest';
import { OneAtATime } from '../src/lib/one-at-a-time';

/** Work that is over when it is told so. */
function held(name: string, begun: string[]) {
  let over = (): void => undefined;
  const done = new Promise<void>((resolve) => (over = resolve));
  return { over: () => over(), work: () => (begun.push(name), done) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('work that is asked for faster than it is done', () => {
  it('goes on with the newest as soon as the one before is over, and leaves out those between', async () => {
    const begun: string[] = [];
    const one = new OneAtATime();
    const [first, second, third] = [held('first', begun), held('second', begun), held('third', begun)];
    const all = one.do(first.work);
    void one.do(second.work);
    void one.do(third.work);
    await settled();
    expect(begun).toEqual(['first']);
    first.over();
    await settled();
    expect(begun).toEqual(['first', 'third']);
    third.over();
    await all;
    void one.do(second.work);
    expect(begun).toEqual(['first', 'third', 'second']);
  });

  it('goes on after work that failed', async () => {
    const one = new OneAtATime();
    await expect(one.do(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    const begun: string[] = [];
    void one.do(held('next', begun).work);
    expect(begun).toEqual(['next']);
  });
});
