"""Expands template.yaml as `sam deploy` would, and fails on what the translator refuses."""
import json
import os
import sys

from cfnlint.decode.cfn_yaml import load
from samtranslator.translator.transform import transform


os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")


class Policies:
    def load(self):
        return {}


template = json.loads(json.dumps(load("template.yaml"), default=str))
# The translator wants places in S3, where packaging has put the code.
for resource in template["Resources"].values():
    properties = resource.get("Properties", {})
    for key in ("CodeUri", "DefinitionUri"):
        if key in properties:
            properties[key] = "s3://bucket/" + properties[key]
try:
    expanded = transform(template, {"StripeEventSource": "aws.partner/stripe.com/ed_1"}, Policies())
except Exception as refused:
    sys.exit(f"template.yaml: {getattr(refused, 'message', refused)}")
print(f"SAM translator: {len(expanded['Resources'])} resources")
