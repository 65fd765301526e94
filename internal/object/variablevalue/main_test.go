// SPDX-License-Identifier: MPL-2.0

package variablevalue_test

import (
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }
