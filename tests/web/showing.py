"""A page brought into a state, in a browser of its own that closes by itself."""

from service.web.desk.door import COOKIE
from tests.web.signed_in import COOKIES
from tests.web.states import State

WINDOW = {"width": 1280, "height": 900}
SEND = """
([where, fields]) => {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = where;
  for (const [name, value] of fields) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""


class Showing:
    """Opens states in ``chromium`` at ``address``; every page of it closes at the end."""

    def __init__(self, chromium, address, **options):
        self.chromium, self.address = chromium, address
        self.options = {
            "locale": "nl-BE",
            "viewport": WINDOW,
            "reduced_motion": "reduce",  # a colour that is still changing is neither the old nor the new
        } | options
        self.contexts = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for context in self.contexts:
            context.close()

    def open(self, state: State, lang: str):
        """The page in this state; one that is not there with the state's own status is no page."""
        context = self.chromium.new_context(**self.options)
        self.contexts.append(context)
        if state.plain:  # the page's own script stays away; ours, which looks at it, does not
            context.route("**/*.js*", lambda route: route.abort())
        page = context.new_page()
        where = self.address + state.where.format(lang=lang)
        if state.who:
            context.add_cookies([{"name": COOKIE, "value": COOKIES[state.who], "url": self.address}])
        if state.data:
            page.goto(where if state.who else f"{self.address}/{lang}/about")
            fields = [list(field) for field in state.fields()]
            if state.who:
                fields.append(["token", page.locator("main input[name=token]").first.get_attribute("value")])
            with page.expect_navigation() as arrived:
                page.evaluate(SEND, [where, fields])
            answer = arrived.value
        else:
            answer = page.goto(where)
        assert answer.status == state.status, (where, answer.status)
        if state.act:
            state.act(page)
        return page
