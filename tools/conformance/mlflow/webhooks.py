"""The Python client of MLflow 3 against a tracker: webhooks. Arguments: the tracker, an address that listens."""

import json
import sys

from mlflow import MlflowClient
from mlflow.entities.webhook import WebhookEvent
from mlflow.exceptions import MlflowException

tracker, listener = sys.argv[1:3]
client = MlflowClient(tracking_uri=tracker, registry_uri=tracker)


def refusal(work):
    try:
        work()
    except MlflowException as error:
        return error.error_code
    return None


created = client.create_webhook(
    name="ci",
    url=listener,
    events=["model_version.created", WebhookEvent("model_version_tag", "set")],
    description="tells ci",
    secret="a secret of both",
)
second = client.create_webhook(name="other", url=listener, events=["registered_model.created"], status="DISABLED")
first_page = client.list_webhooks(max_results=1)
second_page = client.list_webhooks(max_results=1, page_token=first_page.token)
trial = client.test_webhook(created.webhook_id)
aimed = client.test_webhook(created.webhook_id, "model_version_tag.set")
updated = client.update_webhook(second.webhook_id, name="renamed", events=["model_version_alias.created"], status="ACTIVE")
read = client.get_webhook(second.webhook_id)

client.create_registered_model("fraud")
client.create_model_version("fraud", "s3://bucket/fraud", tags={"a": "b"})
client.set_model_version_tag("fraud", "1", "quality", "good")
client.set_registered_model_alias("fraud", "champion", "1")

refused = {
    "unknown": refusal(lambda: client.get_webhook("none")),
    "name": refusal(lambda: client.create_webhook(name="-", url=listener, events=["model_version.created"])),
    "url": refusal(lambda: client.create_webhook(name="a", url="ftp://x", events=["model_version.created"])),
    "delete": refusal(lambda: client.delete_webhook("none")),
}
print(
    json.dumps(
        {
            "created": [created.name, created.url, created.description, [str(e) for e in created.events], str(created.status)],
            "pages": [[w.name for w in first_page], [w.name for w in second_page], second_page.token],
            "trial": [trial.success, trial.response_status, trial.response_body],
            "aimed": aimed.success,
            "updated": [updated.name, [str(e) for e in updated.events], str(updated.status)],
            "read": read.name,
            "refused": refused,
            "ids": [created.webhook_id, second.webhook_id],
        }
    )
)
