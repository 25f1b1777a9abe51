// What has just come answers to a click, a key or a scan at once, not after it has settled: until
// then its links and forms would leave the page.
const wake = (event) => htmx.process(event.target);
document.addEventListener("htmx:afterSwap", wake);
document.addEventListener("htmx:oobAfterSwap", wake);
