// A sample for users with no Python file at hand: generators, closures, a coroutine.

import { window, workspace } from 'vscode';

const SAMPLE = `"""Look at the lenses above the functions, hover over names, click a lens."""


def counter(start=0, *, step=1):
    value = start

    def advance():
        nonlocal value
        value += step
        return value

    return advance


def evens(numbers):
    for number in numbers:
        if number % 2 == 0:
            yield number


async def fetch(session, *urls):
    try:
        return [await session.get(url) for url in urls]
    except OSError:
        return []
`;

/** Opens the sample as an untitled document. */
export async function openSample(): Promise<void> {
  const document = await workspace.openTextDocument({ language: 'python', content: SAMPLE });
  await window.showTextDocument(document);
}
