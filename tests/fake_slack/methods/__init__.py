"""The Web API methods that this Slack has, one module a family."""
