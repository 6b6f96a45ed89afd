// The viewer as a widget.

export default { render: ({ model, el }) => mount(el, fromModel(model)) };
